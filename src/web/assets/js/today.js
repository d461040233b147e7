// Today by keyboard: j k to walk, a letter for each button. Everything here also works by hand; app.js has `u` and `?`.
(() => {
  if (window.carnetToday) return;
  window.carnetToday = true;

  const find = (selector) => document.querySelector(selector);
  const isHere = () => find('#workbench') !== null;
  const FORM = 'application/x-www-form-urlencoded';

  /** This tab's own name: a tab holds one person at a time. */
  const tab = (sessionStorage.carnetTab ??= newTab());
  function newTab() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

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

  // Whoever comes back to the page comes back to their day as it is now, not as it was when they left.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && isHere()) location.reload();
  });

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

  /** Out of a field, to the person in the queue: letters are keys again, and the focus is somewhere. */
  function leave(field) {
    if (document.activeElement !== field) return;
    const places = [find('.queue__link[aria-current="true"]'), find('#panel-title')];
    places.find((place) => place?.checkVisibility())?.focus({ preventScroll: true });
    field.blur();
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
    if (event.key === 'Escape' && isTyping(event.target)) return leave(event.target);
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
    if (keyed.tagName === 'SUMMARY') keyed.parentElement.querySelector('.menu__item, [data-first]')?.focus();
  });

  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest('[data-fills], [data-focuses]') : null;
    if (!button || !isHere()) return;
    const field = document.getElementById(button.dataset.fills ?? button.dataset.focuses);
    if (button.dataset.text !== undefined) field.value = button.dataset.text;
    field.focus();
  });

  // An answer is sent from where it is written.
  document.addEventListener('keydown', (event) => {
    const isSent = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!isSent || !isHere() || event.target.id !== 'answer-text') return;
    event.preventDefault();
    window.carnetPress(event.target.form.querySelector('[data-sends]'));
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

  /** Tells the server something that changes nothing on screen; it outlives the page. */
  function tell(path, fields) {
    const csrf = find('#workbench [name="_csrf"]')?.value;
    if (!csrf) return Promise.resolve(null);
    const body = new URLSearchParams({ _csrf: csrf, tab, ...fields });
    return fetch(path, { method: 'POST', body, headers: { 'content-type': FORM }, keepalive: true }).catch(
      () => null,
    );
  }

  document.addEventListener('htmx:configRequest', (event) => {
    if (isHere() && event.detail.path.startsWith('/today')) event.detail.parameters.tab = tab;
  });

  // A note being written is kept at once in the browser, and a moment later by the server: it survives a walk through
  // the queue, another tab, a closed window and a restarted server. It is forgotten once it was sent.
  const keyOf = (form) => `carnet-note-${form.dataset.user}-${form.dataset.draft}`;
  const saving = new Map();

  document.addEventListener('input', (event) => {
    const form = event.target.id === 'note' ? event.target.closest('[data-draft]') : null;
    if (!form) return;
    const [key, id, note] = [keyOf(form), form.dataset.draft, event.target.value];
    localStorage.setItem(key, note);
    clearTimeout(saving.get(key));
    saving.set(
      key,
      setTimeout(() => void save(key, id, note), 500),
    );
  });

  async function save(key, id, note) {
    const answer = await tell(`/today/drafts/${id}`, { note });
    if (answer?.ok && localStorage.getItem(key) === note) localStorage.removeItem(key);
  }

  // The same person in another tab: the note is written in both.
  window.addEventListener('storage', (event) => {
    const form = find('#deed');
    const note = find('#note');
    if (!form || !note || event.key !== keyOf(form) || event.newValue === null) return;
    if (document.activeElement !== note) note.value = event.newValue;
  });

  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.detail.elt.closest?.('[data-draft]');
    if (!form || !event.detail.successful || event.detail.requestConfig.verb !== 'post') return;
    clearTimeout(saving.get(keyOf(form)));
    localStorage.removeItem(keyOf(form));
  });

  // What was written is sent: the field of the next person is not the one to go on typing in.
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, requestConfig } = event.detail;
    if (isHere() && requestConfig.verb === 'post' && xhr.status < 400) document.activeElement?.blur();
  });

  // An open page says that its person is being worked on; two people are never on one.
  const STAYS = 45_000;
  setInterval(async () => {
    const id = find('#deed')?.dataset.draft;
    if (!id || document.hidden) return;
    const answer = await tell(`/today/lease/${id}`, {});
    // Somebody else has the person now, or there is no session any more: the page shows how things stand.
    if (answer && !answer.ok) location.reload();
  }, STAYS);
  window.addEventListener('pagehide', () => {
    if (isHere()) void tell('/today/leave', {});
  });

  function settle() {
    if (!isHere()) return;
    document
      .querySelectorAll('[data-copy], [data-help], [data-fills], [data-focuses]')
      .forEach((button) => button.removeAttribute('hidden'));
    const form = find('#deed');
    const kept = form && localStorage.getItem(keyOf(form));
    const note = find('#note');
    if (kept !== null && note) note.value = kept;
    if (form) void tell(`/today/lease/${form.dataset.draft}`, {});
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
