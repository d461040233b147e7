/*
 * Preloaded (`node --import`) into a built program that is to run as it is, on another day: its clock is ahead by
 * SHIFT_MS. Time goes on as it does.
 */
const Real = globalThis.Date;
const shift = Number(process.env.SHIFT_MS ?? 0);

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift);
    else super(...given);
  }

  static now() {
    return Real.now() + shift;
  }
};
