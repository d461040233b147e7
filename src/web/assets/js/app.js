// What every page does better with a script; each of these also works without it. Loaded once, however often a page is boosted.

const TOAST_STAYS = 10_000;

const isTyping = (target) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Keys: `?` help, `/` search, `u` undo, `g` and a letter to go somewhere. */
let waitsForPlace = false;
document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') return leaveMenu();
  if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
  const goes =
    waitsForPlace && /^[a-z]$/.test(event.key)
      ? document.querySelector(`.nav [data-go="${event.key}"]`)
      : null;
  waitsForPlace = false;
  const isAgency = document.querySelector('.shell:not(.shell--portal)') !== null;
  if (goes) {
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(goes.href);
  } else if (event.key === 'g' && isAgency) {
    waitsForPlace = true;
    setTimeout(() => (waitsForPlace = false), 1500);
  } else if (event.key === '?') {
    event.preventDefault();
    openHelp();
  } else if (event.key === '/') {
    const field = document.querySelector('main input[type="search"]');
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === 'u') {
    const undo = document.querySelector('#toasts .toast:last-child .toast__action');
    if (undo) {
      event.preventDefault();
      event.stopImmediatePropagation();
      press(undo);
    }
  }
});

/** A key may come before htmx has looked at what it has just put in place: a whole page would then be loaded. */
function press(control) {
  window.htmx?.process(control.form ?? control);
  control.click();
}
window.carnetPress = press;

/** The keys of the page itself (`<dl class="keys" data-keys>`, perhaps hidden) are shown with those of every page. */
function openHelp() {
  const dialog = document.getElementById('keyboard-help');
  if (!dialog || dialog.open) return;
  const own = document.querySelector('main [data-keys]');
  const place = dialog.querySelector('[data-page-keys]');
  place.hidden = own === null;
  place.querySelector('.keys')?.remove();
  if (own) {
    const copy = own.cloneNode(true);
    copy.hidden = false;
    copy.removeAttribute('id');
    place.append(copy);
  }
  dialog.showModal();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

/** Whoever was inside stands at what opened it. */
function leaveMenu() {
  const left = document.activeElement?.closest('details.menu[open]');
  closeMenus(null);
  left?.querySelector('summary')?.focus();
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  closeMenus(target?.closest('details.menu') ?? null);
  const opener = target?.closest('[data-opens]');
  if (opener?.dataset.opens === 'keyboard-help') openHelp();
  else if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  // A click on the shade around a dialog closes it.
  if (target instanceof HTMLDialogElement) target.close();
  const copier = target?.closest('[data-copies]');
  if (copier) void copyFrom(copier);
});

/** A list that would leave the screen on the right opens as much further left. */
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!(target instanceof Element) || !target.matches('details.menu[open]')) return;
    const list = target.querySelector('.menu__list');
    list.style.translate = '';
    const beyond = list.getBoundingClientRect().right + 8 - document.documentElement.clientWidth;
    if (beyond > 0) list.style.translate = `${-beyond}px`;
  },
  true,
);

async function copyFrom(button) {
  const source = document.getElementById(button.dataset.copies);
  const text = source instanceof HTMLInputElement ? source.value : source?.textContent;
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection()?.selectAllChildren(source);
    return;
  }
  const said = button.textContent;
  if (button.dataset.copied) button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = said), 2000);
}

/** A toast leaves when its time is up, but not under the pointer or the focus. */
function timeToasts() {
  for (const toast of document.querySelectorAll('#toasts .toast:not([data-timed])')) {
    toast.dataset.timed = '';
    const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, 1000) : toast.remove());
    setTimeout(leave, TOAST_STAYS);
  }
}

/** The clients of the margin outlive a change of page: which of them is open is marked anew, by the address or the trail. */
function markClient() {
  const trail = document.querySelector('main .breadcrumbs a[href^="/clients/"]')?.getAttribute('href');
  const path = trail ?? location.pathname;
  for (const link of document.querySelectorAll('#client-switcher a')) {
    const home = link.getAttribute('href');
    if (path === home || path.startsWith(`${home}/`)) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** On a narrow screen the place one is at may stand outside the row of tabs. */
function showCurrentTab() {
  for (const tab of document.querySelectorAll('.tabs [aria-current], .segmented [aria-current]')) {
    const row = tab.parentElement;
    if (row.scrollWidth > row.clientWidth)
      row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

/** The numbers in the margin outlive a change of page too: whoever acts or goes elsewhere may have changed them. */
const tellMargin = () => document.body.dispatchEvent(new CustomEvent('carnet:acted'));
document.addEventListener('htmx:pushedIntoHistory', tellMargin);
document.addEventListener('htmx:afterRequest', (event) => {
  const isOwn = event.detail.elt.classList.contains('nav__count');
  if (!isOwn && event.detail.requestConfig?.verb === 'post') tellMargin();
});

function freshen() {
  timeToasts();
  markClient();
  showCurrentTab();
  for (const button of document.querySelectorAll('[data-opens][hidden], [data-copies][hidden]'))
    button.hidden = false;
  // What is wrong with a form is read first, and only once: parts of the page may be drawn anew while somebody writes.
  const summary = document.querySelector('.error-summary:not([data-told])');
  if (summary) summary.dataset.told = '';
  summary?.focus();
}

document.addEventListener('DOMContentLoaded', freshen);
document.addEventListener('htmx:afterSettle', freshen);
document.addEventListener('htmx:pushedIntoHistory', markClient);
// Language and theme are on <html>, which a boosted page does not replace: errors of the server still have to show.
document.addEventListener('htmx:beforeSwap', (event) => {
  const type = event.detail.xhr.getResponseHeader('content-type') ?? '';
  if (event.detail.xhr.status >= 400 && type.startsWith('text/html')) event.detail.shouldSwap = true;
});
