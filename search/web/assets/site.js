// Suggestions under every search box, and "/" to go to it. Without this script the boxes are plain forms.
(function () {
  "use strict";
  var home = new URL("..", document.currentScript.src).href; // of this server, whatever path it is mounted under

  function suggest(input, number) {
    var list = document.createElement("ul");
    var items = [], active = -1, asked = 0, timer;
    list.className = "suggest";
    list.id = "suggest-" + number;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    input.parentNode.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(item) {
      close();
      if (input.hasAttribute("data-fill") || !item.href) {
        input.value = item.text;
        input.focus();
      } else {
        location.assign(item.href);
      }
    }

    function point(to) {
      if (list.children[active]) list.children[active].setAttribute("aria-selected", "false");
      active = to;
      var option = list.children[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
    }

    function show(found) {
      var pointed = items[active];
      items = found;
      list.textContent = "";
      items.forEach(function (item, i) {
        var option = document.createElement("li"), text = document.createElement("span"), kind = document.createElement("span");
        option.id = list.id + "-" + i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        text.textContent = item.text;
        kind.textContent = item.kind;
        kind.className = "kind";
        option.append(text, kind);
        option.addEventListener("mousedown", function (event) { event.preventDefault(); choose(item); });
        list.appendChild(option);
      });
      list.hidden = !items.length;
      input.setAttribute("aria-expanded", String(!!items.length));
      // A late answer does not take away what somebody is about to choose.
      point(pointed ? items.findIndex(function (item) { return item.id === pointed.id; }) : -1);
    }

    function ask() {
      var typed = input.value.trim(), mine = ++asked;
      if (typed.length < 2) return close();
      fetch(home + "api/v1/suggest?q=" + encodeURIComponent(typed.slice(0, 60))).then(function (r) {
        return r.ok ? r.json() : { suggestions: [] };
      }).then(function (answer) {
        if (mine === asked && document.activeElement === input) show(answer.suggestions);
      }).catch(close);
    }

    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      if (list.hidden || !items.length) return;
      if (event.key === "ArrowDown") { event.preventDefault(); point((active + 1) % items.length); }
      if (event.key === "ArrowUp") { event.preventDefault(); point(active > 0 ? active - 1 : items.length - 1); }
      if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(items[active]); }
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(suggest);

  // A name that is pointed at in a picture stands out with its ties, and with what they lead on to; nothing depends on it.
  document.querySelectorAll(".net").forEach(function (net) {
    var drawn = Array.prototype.slice.call(net.querySelectorAll("[data-k]"));
    function keys(el) { return el.getAttribute("data-k").split(" "); }
    function meet(a, b) { return a.some(function (key) { return b.indexOf(key) >= 0; }); }
    function light(el) {
      var wanted = keys(el), reached = wanted.slice();
      drawn.forEach(function (tie) { if (tie.matches(".tie") && meet(keys(tie), wanted)) reached = reached.concat(keys(tie)); });
      drawn.forEach(function (other) {
        var own = keys(other);
        other.classList.toggle("hot", other.matches(".tie") ? meet(own, wanted) || own.length === 1 && meet(own, reached) : meet(own, reached));
      });
      net.classList.add("lit");
    }
    function dark() { net.classList.remove("lit"); }
    drawn.forEach(function (el) {
      if (el.matches(".tie")) return;
      el.addEventListener("mouseenter", function () { light(el); });
      el.addEventListener("mouseleave", dark);
      el.addEventListener("focusin", function () { light(el); });
      el.addEventListener("focusout", dark);
      el.addEventListener("touchstart", function () { light(el); }, { passive: true });
    });
  });

  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    var box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });
})();
