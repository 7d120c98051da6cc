/** Rollcall signs somebody in at service providers that nobody here wrote. */
import { startRollcallIdp } from './rollcall-idp.ts';
import { roundTrips } from './round-trips.ts';
import type { SignedIn } from './service-provider.ts';

const ada: SignedIn = {
  nameId: 'ada@example.com',
  attributes: { email: ['ada@example.com'], name: ['Ada Lovelace'], groups: ['Engineering', 'R&D'] },
};

roundTrips(() => startRollcallIdp(ada), ada);
