// What the console does beyond links and forms: its token on htmx's requests, quiet polling, menus that close.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf"]');
  if (token) event.detail.headers["X-CSRF-Token"] = token.content;
});

// A part that refreshes itself asks nothing while nobody can see it, or while somebody is typing or choosing in it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (!part.hasAttribute("data-live")) return;
  const busy = part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  if (document.hidden || busy || part.querySelector("details[open]")) event.preventDefault();
});

function closeOthers(kept) {
  for (const open of document.querySelectorAll("details.menu[open], details.confirm[open]")) {
    if (open !== kept && !open.contains(kept)) open.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeOthers(event.target.closest("details"));
  if (event.target.closest("[data-close]")) event.target.closest("details").open = false;
  const copied = event.target.closest("[data-copy]");
  if (copied) navigator.clipboard.writeText(copied.dataset.copy);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details.menu[open], details.confirm[open]");
  closeOthers(null);
  if (open) open.querySelector("summary").focus();
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Lists that filter as one chooses: a form with data-auto sends itself.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});
