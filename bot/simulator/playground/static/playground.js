// What the browser alone can do: tell the server what was pressed, keys, scrolling, menus, files.
(() => {
  const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);
  const windowOf = (element) => closest(element, "[data-window]");
  const front = () => document.querySelector(".window.in-front");
  const draftKey = (area) => `draft ${area.dataset.draft}`;

  function act(element, deed, value = "") {
    const message = Number(closest(element, "[data-message]")?.dataset.message ?? 0);
    emitEvent("act", { deed, value: String(value), window: windowOf(element)?.dataset.window ?? "", message });
  }

  // Presses: the markup names the deed.
  const deeds = ["press", "reply", "edit", "react", "command"];
  document.addEventListener("click", (event) => {
    const button = closest(event.target, "button, .spoiler, .expandable");
    if (!button) return;
    const { dataset } = button;
    if (button.matches(".spoiler, .expandable")) return button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") !== "true");
    if (closest(button, "[popover]")) closest(button, "[popover]").hidePopover();
    if (dataset.deed) act(button, dataset.deed, dataset.value ?? "");
    if (dataset.jump) jump(windowOf(button), dataset.jump);
    if (dataset.copy) navigator.clipboard.writeText(dataset.copy);
    if (dataset.enlarge) enlarge(dataset.enlarge);
    if ("send" in dataset) send(windowOf(button).querySelector("textarea"));
    if ("slash" in dataset) offerCommands(windowOf(button).querySelector("textarea"));
    if ("end" in dataset) toEnd(windowOf(button).querySelector(".scroller"), "smooth");
    for (const deed of deeds) if (deed in dataset) act(button, deed, dataset[deed]);
    if ("command" in dataset) clear(windowOf(button).querySelector("textarea"));
  });
  // A button that is drawn anew keeps the focus that it had.
  let focused = "";
  function selectorOf(button) {
    const part = ({ dataset }, names) => names.filter((name) => name in dataset).map((name) => `[data-${name}="${CSS.escape(dataset[name])}"]`).join("");
    const places = ["[data-window]", "[data-message]"].map((place) => closest(button, place)).filter(Boolean);
    const own = part(button, ["deed", "value", "press", "reply", "react"]);
    return own && [...places.map((place) => part(place, ["window", "message"])), `button${own}`].join(" ");
  }
  function keepFocus() {
    if (focused && document.activeElement === document.body) document.querySelector(focused)?.focus({ preventScroll: true });
  }
  document.addEventListener("pointerdown", () => { focused = ""; }, true);
  document.addEventListener("focusin", ({ target }) => {
    focused = target.matches("button") ? selectorOf(target) : "";
    const section = windowOf(target);
    if (section && section !== front()) act(target, "focus");
  });

  // Writing.
  function clear(area) {
    if (!area) return;
    area.value = "";
    grow(area);
    sessionStorage.removeItem(draftKey(area));
  }
  function send(area) {
    const text = area.value.trim();
    if (text) act(area, "send", text);
    clear(area);
    area.focus();
  }
  function offerCommands(area) {
    area.value = area.value === "/" ? "" : "/";
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function grow(area) {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-draft]")) return;
    grow(target);
    sessionStorage.setItem(draftKey(target), target.value);
    const commands = windowOf(target).querySelector(".commands");
    if (target.value.startsWith("/") || commands) act(target, "slash", target.value);
  });

  // Keys.
  function chatKeys(event) {
    const entries = [...document.querySelectorAll(".entry")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = entries.findIndex((entry) => entry.hasAttribute("aria-current"));
    const number = /^Digit[1-9]$/.test(event.code) ? Number(event.code.at(-1)) - 1 : -1;
    const entry = step ? entries[(here + step + entries.length) % entries.length] : entries[number];
    if (!entry) return;
    event.preventDefault();
    entry.click();
    writeSoon();
  }
  function escape() {
    const section = front();
    if (!section || document.querySelector("dialog[open], [popover]:popover-open")) return;
    const cancel = section.querySelector("[data-deed=cancel]");
    if (cancel) return cancel.click();
    if (section.querySelector(".commands")) return act(section, "slash", "");
    act(section, innerWidth > 720 ? "close" : "list");
  }
  function rove(event) {
    const list = closest(event.target, "[role=menu], [role=listbox], [role=tablist], .chats");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!list || !step) return;
    const buttons = [...list.querySelectorAll("button:not(.round)")];
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    event.preventDefault();
    next?.focus();
  }
  function areaKeys(event) {
    const area = event.target;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(area);
    } else if (event.key === "ArrowUp" && windowOf(area).querySelector(".commands")) {
      event.preventDefault();
      [...windowOf(area).querySelectorAll(".commands button")].at(-1).focus();
    } else if (event.key === "ArrowUp" && !area.value) {
      const mine = [...windowOf(area).querySelectorAll("[data-edit]")].at(-1);
      if (mine) { event.preventDefault(); mine.click(); }
    }
  }
  document.addEventListener("keydown", (event) => {
    if ((event.altKey || event.ctrlKey) && /^(Arrow(Up|Down)|Digit[1-9])$/.test(event.code)) return chatKeys(event);
    if (event.key === "Escape") return escape();
    if (event.target.matches?.(".spoiler, .expandable") && [" ", "Enter"].includes(event.key)) { event.preventDefault(); return event.target.click(); }
    if (event.target.matches?.("textarea[data-draft]")) return areaKeys(event);
    rove(event);
  });

  // Scrolling: stay at the end while the reader is there.
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 90;
  const toEnd = (box, behavior = "instant") => box.scrollTo({ top: box.scrollHeight, behavior });
  function follow(box) {
    let stick = true;
    const settle = () => { if (stick) toEnd(box); };
    box.addEventListener("scroll", () => {
      stick = atEnd(box);
      windowOf(box).classList.toggle("away", !stick);
    }, { passive: true });
    box.addEventListener("load", settle, true);
    new ResizeObserver(settle).observe(box);
    new ResizeObserver(settle).observe(box.querySelector(".messages"));
    settle();
  }
  function jump(section, message) {
    const target = section.querySelector(`[data-message="${message}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1300);
  }

  // Menus open at their button.
  document.addEventListener("toggle", ({ target, newState }) => {
    if (!target.matches?.("[popover]") || newState !== "open") return;
    const from = document.querySelector(`[popovertarget="${target.id}"]`).getBoundingClientRect();
    const left = target.matches(".right") ? from.right - target.offsetWidth : from.left;
    target.style.left = `${Math.max(8, Math.min(left, innerWidth - target.offsetWidth - 8))}px`;
    target.style.top = `${Math.min(from.bottom + 4, innerHeight - target.offsetHeight - 8)}px`;
    (target.querySelector("[aria-checked=true]") ?? target.querySelector("button"))?.focus();
  }, true);

  // Files: chosen, dropped or pasted.
  async function attach(element, files) {
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append("files", file);
    const address = `/playground/files?window=${encodeURIComponent(windowOf(element).dataset.window)}`;
    await fetch(address, { method: "POST", body, headers: { "X-Playground": "1" } });
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".attach input")) return;
    attach(target, [...target.files]);
    target.value = "";
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length || !event.target.matches("textarea[data-draft]")) return;
    event.preventDefault();
    attach(event.target, [...event.clipboardData.files]);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const section = windowOf(event.target);
      if (!section) return;
      event.preventDefault();
      section.classList.toggle("dropping", name === "dragover");
      if (name === "drop") attach(section, [...event.dataTransfer.files]);
    });
  }

  function enlarge(address) {
    const dialog = document.getElementById("enlarged");
    dialog.querySelector("img").src = address;
    dialog.showModal();
    dialog.onclick = () => dialog.close();
  }

  // New windows: restore the draft, follow the end.
  function settleIn(root) {
    const found = (selector) => [root, ...(root.querySelectorAll?.(selector) ?? [])].filter((one) => one.matches?.(selector));
    for (const area of found("textarea[data-draft]")) area.value = sessionStorage.getItem(draftKey(area)) ?? "";
    for (const box of found(".scroller")) follow(box);
  }
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) settleIn(node);
    keepFocus();
  }).observe(document, { childList: true, subtree: true });

  // What the server asks for.
  const section = (name) => document.querySelector(`[data-window="${CSS.escape(name)}"]`);
  const writeSoon = () => setTimeout(() => front()?.querySelector("textarea")?.focus(), 120);
  window.playground = {
    writeSoon,
    look(address, theme, language) {
      history.replaceState({}, "", address);
      document.documentElement.dataset.theme = theme;
      document.documentElement.lang = language;
    },
    fill(name, text) {
      const area = section(name)?.querySelector("textarea");
      if (!area) return;
      if (text !== null) area.value = text;
      area.focus();
    },
    alert(text) {
      document.getElementById("alert-text").textContent = text;
      document.getElementById("alert").showModal();
    },
    toast(name, text) {
      const note = Object.assign(document.createElement("div"), { className: "toast", role: "status", textContent: text });
      (section(name) ?? document.body).append(note);
      setTimeout(() => note.remove(), 3500);
    },
    toEnd: (name) => setTimeout(() => section(name) && toEnd(section(name).querySelector(".scroller")), 30),
  };
})();
