// One act at a time in Today, each on the person who was seen; and `u` goes back from act to act.
(() => {
  if (window.carnetActs) return;
  window.carnetActs = true;

  /** A finger that comes down twice does so within this time; nobody has read the next name by then (milliseconds). */
  const UNSEEN = 400;
  /** So long the server takes an act back. */
  const STAYS = 10_000;

  const find = (selector) => document.querySelector(selector);
  const isBench = (event) => event.detail.target?.id === 'workbench';
  const isUndo = (path) => path.startsWith('/today/undo/');

  const underWay = new Map();
  let seenFrom = 0;
  /** The last answer took an act back: a second `u` at once would take back one that nobody looked at. */
  let isJustUndone = false;
  let wantsUndo = false;
  /** What may still be taken back, the latest last: `path` and until when. */
  let done = [];

  const isUnseen = () => underWay.size > 0 || performance.now() < seenFrom;
  const isPosting = () => [...underWay.values()].some(({ verb }) => verb === 'post');
  const isTakingBack = () => [...underWay.values()].some(({ path }) => isUndo(path));
  /** Whether an act would be taken now is written on the panel. */
  const mark = () => find('#panel')?.toggleAttribute('data-unseen', isUnseen());

  document.addEventListener('htmx:beforeRequest', (event) => {
    if (!isBench(event)) return;
    underWay.set(event.detail.xhr, event.detail.requestConfig);
    mark();
  });

  document.addEventListener('htmx:afterRequest', (event) => {
    if (!underWay.delete(event.detail.xhr)) return;
    const { verb, path } = event.detail.requestConfig;
    if (verb === 'post' && event.detail.xhr.status > 0) {
      seenFrom = performance.now() + UNSEEN;
      setTimeout(mark, UNSEEN + 1);
      isJustUndone = isUndo(path);
      remember(path);
    }
    mark();
    if (!wantsUndo || isPosting()) return;
    wantsUndo = false;
    takeBack();
  });

  // Until it settles the new panel bears the attributes of the one before, and loses what was set meanwhile.
  document.addEventListener('htmx:afterSettle', mark);

  /** @param path of the act: of one just done, or of one just taken back */
  function remember(path) {
    const offered = find('#toasts .toast form')?.getAttribute('action');
    done = done.filter((one) => one.path !== path && one.path !== offered);
    if (offered) done.push({ path: offered, until: performance.now() + STAYS });
  }

  // A letter clicks its button: this is the way of the keyboard and of the mouse.
  document.addEventListener(
    'click',
    (event) => {
      const control =
        event.target instanceof Element
          ? event.target.closest('#workbench [hx-post], #workbench .queue__link, #toasts [hx-post] button')
          : null;
      if (!control) return;
      // To walk on while an act is under way would lose its answer, and the way back.
      const isAct = control.closest('#workbench') && control.hasAttribute('hx-post');
      if (isAct ? !isUnseen() : !isPosting()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  const isPlain = (event) =>
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !(event.target instanceof Element && event.target.closest('input, textarea, select'));

  // Before every other key: while an act is under way no letter is for the person still on screen, and `u` waits for it.
  document.addEventListener(
    'keydown',
    (event) => {
      if (!/^[a-z]$/.test(event.key) || !find('#workbench') || find('dialog[open]') || !isPlain(event))
        return;
      const isTooSoon = event.key === 'u' && isUnseen() && isJustUndone;
      if (!isPosting() && !isTooSoon) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'u' && !event.repeat && !isTooSoon && !isTakingBack()) wantsUndo = true;
    },
    true,
  );

  // The latest act is taken back by its own message (app.js); this is for those before it.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'u' || event.defaultPrevented || event.repeat || !isPlain(event)) return;
    if (!find('#workbench') || find('dialog[open]')) return;
    event.preventDefault();
    takeBack();
  });

  function takeBack() {
    done = done.filter(({ until }) => until > performance.now());
    const last = done.at(-1);
    if (!last) return say(find('[data-nothing-left]')?.dataset.nothingLeft);
    void window.htmx.ajax('POST', last.path, { target: '#workbench', swap: 'outerHTML show:none' });
  }

  function say(text) {
    const toast = document.createElement('div');
    toast.className = 'toast';
    const line = document.createElement('p');
    line.className = 'toast__text';
    line.textContent = text ?? '';
    toast.append(line);
    find('#toasts').replaceChildren(toast);
    setTimeout(() => toast.remove(), 4000);
  }
})();
