// Today by keyboard: j k to walk, a letter for each button. Everything here also works by hand; app.js has `u` and `?`.
(() => {
  if (window.carnetToday) return;
  window.carnetToday = true;

  const find = (selector) => document.querySelector(selector);
  const isHere = () => find('#workbench') !== null;
  const drafts = 'carnet-note-';

  function step(by) {
    const links = [...document.querySelectorAll('.queue__link')];
    const at = links.findIndex((link) => link.getAttribute('aria-current') === 'true');
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
    if (!next || next === links[at]) return;
    links[at]?.removeAttribute('aria-current');
    next.setAttribute('aria-current', 'true');
    next.scrollIntoView({ block: 'nearest' });
    window.carnetPress(next);
  }

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    m: () => find('#note')?.focus(),
    Enter: () => find('#panel-title')?.focus(),
  };

  function isTyping(target) {
    return (
      target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
    );
  }

  document.addEventListener('keydown', (event) => {
    if (
      !isHere() ||
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      find('dialog[open]')
    )
      return;
    if (event.key === 'Escape' && isTyping(event.target)) return event.target.blur();
    if (isTyping(event.target) || event.repeat) return;
    const onControl =
      event.target instanceof HTMLElement && event.target.closest('a, button, summary') !== null;
    if (event.key === 'Enter' && onControl) return;
    const named = acts[event.key];
    const keyed = /^[a-z]$/.test(event.key) ? find(`#panel [data-key="${event.key}"]`) : null;
    if (!named && !keyed) return;
    event.preventDefault();
    if (named) return named();
    window.carnetPress(keyed);
    if (keyed.tagName === 'SUMMARY') keyed.parentElement.querySelector('.menu__item')?.focus();
  });

  // In an open menu the arrows walk through its items.
  document.addEventListener('keydown', (event) => {
    const menu = event.target instanceof HTMLElement ? event.target.closest('details[open]') : null;
    if (!isHere() || !menu || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const items = [...menu.querySelectorAll('.menu__item')];
    const at = items.indexOf(document.activeElement);
    items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]?.focus();
    event.preventDefault();
  });

  // A note being written survives a walk through the queue; it is forgotten once it was sent.
  document.addEventListener('input', (event) => {
    const form = event.target.id === 'note' ? event.target.closest('[data-draft]') : null;
    if (form) sessionStorage.setItem(drafts + form.dataset.draft, event.target.value);
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.detail.elt.closest?.('[data-draft]');
    if (form && event.detail.successful) sessionStorage.removeItem(drafts + form.dataset.draft);
  });

  function settle() {
    if (!isHere()) return;
    document
      .querySelectorAll('[data-copy], [data-help]')
      .forEach((button) => button.removeAttribute('hidden'));
    const form = find('[data-draft]');
    const kept = form && sessionStorage.getItem(drafts + form.dataset.draft);
    const note = find('#note');
    if (kept && note && note.value === '') note.value = kept;
    find('.queue__link[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  document.addEventListener('htmx:afterSettle', (event) => {
    settle();
    const swapped = event.detail.target?.id === 'workbench' || event.detail.elt?.id === 'workbench';
    if (swapped && document.activeElement === document.body)
      find('#panel-title')?.focus({ preventScroll: true });
  });
  settle();
})();
