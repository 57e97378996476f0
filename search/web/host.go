package web

import (
	"net"
	"net/netip"
	"strings"
)

const unknownHost = "This server listens for this machine alone, and was called by a name that is not this machine's. " +
	"Whoever runs it can allow the name with --allow-host, or with --public-url."

// hostname is the name of a host in lower case, without port, brackets and a dot at the end.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// loopback says whether a host, with port or without, is this machine as only it calls itself.
func loopback(host string) bool {
	name := hostname(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.Unmap().IsLoopback()
}

// called says whether a request may call the server by this name.
func (s *Site) called(host string) bool {
	return loopback(host) || s.hosts[hostname(host)] || s.hosts["*"]
}
