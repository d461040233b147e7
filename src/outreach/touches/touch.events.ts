import type { News } from '../../database/db.js';

/** What somebody logged by hand says that a channel does not reach the person. Told after commit. */
export class ChannelClosed implements News {
  static readonly named = 'touch.channel_closed';
  readonly named = ChannelClosed.named;

  constructor(readonly prospectId: string) {}
}
