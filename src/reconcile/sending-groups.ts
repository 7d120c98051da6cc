/** What is written down of a group's step before it is sent (R42), of many groups in one statement. */
import { groupSentAs } from '../provisioning/outcome-group.ts';
import type { GroupFacts } from '../provisioning/facts.ts';
import type { GroupStep } from '../provisioning/steps.ts';
import type { Handle } from '../store/database.ts';
import type { Lease } from '../store/lease.ts';
import { unwriteSendingGroup, writeSendingGroups, type SendingGroup } from '../store/sending.ts';
import { Batcher } from './batcher.ts';
import { GROUPS_A_BATCH } from './group-members.ts';

type Named = Pick<GroupFacts, 'id' | 'name'>;

/** Whether a group may have no link before the step. */
const isNew = (step: GroupStep): boolean =>
  step.kind === 'createGroup' || (step.kind === 'takeOverGroup' && step.remoteId === null);

/** The groups of one slice that have a step under way. */
export class SendingGroups {
  readonly #db: Handle;
  readonly #lease: Lease;
  readonly #writing: Batcher<SendingGroup, boolean>;
  /** Groups whose step is written down and not yet begun. */
  readonly #written = new Set<string>();

  constructor({ db, lease }: { readonly db: Handle; readonly lease: Lease }) {
    this.#db = db;
    this.#lease = lease;
    this.#writing = new Batcher(GROUPS_A_BATCH, async (groups) => {
      const written = await writeSendingGroups(db, lease, groups);
      return groups.map(({ id }) => written.has(id));
    });
  }

  /** Writes that these groups are about to be created under their names. */
  async writeCreates(groups: readonly Named[]): Promise<void> {
    const creates = groups.map(({ id, name }) => ({ id, name, creates: true, sentAs: name }));
    await Promise.all(creates.map((one) => this.#write(one)));
  }

  /**
   * Whether a step may be sent now that it is written down, which it is here unless it was before: false where the group was
   * unbound or the connection stopped meanwhile.
   */
  async begin({ id, name }: Named, step: GroupStep): Promise<boolean> {
    if (step.kind === 'findGroup' || this.#written.delete(id)) return true;
    await this.#write({ id, name, creates: isNew(step), sentAs: groupSentAs(step) });
    return this.#written.delete(id);
  }

  /** A step that was written down and not sent is nobody's lost answer. */
  async takeBack({ id, link }: Pick<GroupFacts, 'id' | 'link'>): Promise<void> {
    const { remoteId = null, inFlight = null } = link ?? {};
    await unwriteSendingGroup(this.#db, this.#lease, { id, remoteId, inFlight });
  }

  async #write(group: SendingGroup): Promise<void> {
    if (await this.#writing.add(group)) this.#written.add(group.id);
  }
}
