import fc from 'fast-check';

/**
 * The gate asks the same questions each time, so that a red run is the change's own doing.
 * `LAW_SEED=$RANDOM npm run test:rules` asks new ones; a seed that finds something becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env['LAW_SEED'] ?? 20_261_123) });
