/** Leases of one application's lane, as the processes that share it have them. */
import type { Lease } from '../../src/store/lease.ts';

export const leaseFor =
  (applicationId: string) =>
  (owner: string, epoch: string): Lease => ({
    applicationId,
    owner,
    epoch,
    interrupted: false,
    version: '1',
  });
