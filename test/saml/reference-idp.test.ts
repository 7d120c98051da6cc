/** The harness itself: npm's samlp signs somebody in at every service provider. What fails here is not Rollcall's. */
import { startReferenceIdp } from './identity-provider.ts';
import { roundTrips } from './round-trips.ts';
import type { SignedIn } from './service-provider.ts';

const ada: SignedIn = {
  nameId: 'ada@example.com',
  attributes: { email: ['ada@example.com'], name: ['Ada Lovelace'], groups: ['Engineering', 'R&D'] },
};

roundTrips(() => startReferenceIdp(ada), ada);
