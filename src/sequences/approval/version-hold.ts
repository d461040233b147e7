/** Why people wait for words that may not be sent: their test got a NO-GO, or their approval was taken back. */
export const versionHolds = ['no_go', 'not_approved'] as const;
export type VersionHold = (typeof versionHolds)[number];

export function isVersionHold(reason: string | null): reason is VersionHold {
  return versionHolds.some((hold) => hold === reason);
}
