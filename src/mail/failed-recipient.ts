/** One recipient of a delivery report or complaint. */
export interface FailedRecipient {
  /** Null when the reporter hides it. */
  address: string | null;
  /** Enhanced status code, `5.1.1`. */
  status: string | null;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | null;
}
