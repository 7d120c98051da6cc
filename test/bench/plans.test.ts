/** What a bench reads from PostgreSQL's log. */
import { describe, expect, it } from 'vitest';
import { inShort, readPlans, scanned, slowestFirst } from '../../bench/plans.ts';
import { speedUpAskedFor } from '../../bench/scale.ts';

/** As auto_explain writes it with `log_format = json`. */
const LOG = `2026-11-26 11:00:00.000 UTC [1] LOG:  parameter "auto_explain.log_min_duration" changed to "0"
2026-11-26 11:00:00.100 UTC [2] LOG:  duration: 1.500 ms  plan:
\t{
\t  "Query Text": "SELECT * FROM users\\n WHERE id = $1",
\t  "Plan": {
\t    "Node Type": "Nested Loop",
\t    "Plans": [
\t      { "Node Type": "Index Scan", "Index Name": "users_pkey", "Relation Name": "users" },
\t      { "Node Type": "Seq Scan", "Relation Name": "links" }
\t    ]
\t  }
\t}
2026-11-26 11:00:00.200 UTC [2] LOG:  checkpoint starting: time
2026-11-26 11:00:00.300 UTC [3] LOG:  duration: 0.100 ms  plan:
\t{
\t  "Query Text": "SELECT 1",
\t  "Plan": { "Node Type": "Result" }
\t}
2026-11-26 11:00:00.400 UTC [3] LOG:  duration: 0.300 ms  plan:
\t{
\t  "Query Text": "SELECT 1",
\t  "Plan": { "Node Type": "Result" }
\t}
`;

describe('the log of PostgreSQL', () => {
  const ran = readPlans(LOG);

  it('tells of each statement how long it took', () => {
    expect(ran.map(({ statement, milliseconds }) => [statement, milliseconds])).toEqual([
      ['SELECT * FROM users\n WHERE id = $1', 1.5],
      ['SELECT 1', 0.1],
      ['SELECT 1', 0.3],
    ]);
  });

  it('tells what was read from end to end, and by which way', () => {
    expect(ran.map(({ plan }) => scanned(plan))).toEqual([['links'], [], []]);
    expect(ran.map(({ plan }) => inShort(plan))).toEqual(['Index Scan users_pkey, Seq Scan links', '', '']);
  });

  it('has the slowest statements first, each once', () => {
    expect(slowestFirst(ran.toReversed()).map(({ plan: _, ...one }) => one)).toEqual([
      { statement: 'SELECT * FROM users\n WHERE id = $1', count: 1, mean: 1.5, most: 1.5 },
      { statement: 'SELECT 1', count: 2, mean: 0.2, most: 0.3 },
    ]);
  });
});

describe('what is asked of more workers', () => {
  it.each([
    [2, 2, 0.8],
    [4, 2, 0.8],
    [2, 4, 1.4],
    [4, 4, 1.4],
    [4, 8, 2.8],
    [2, 16, 1.4],
  ])('%i workers on %i cores: a ratio of %f', (workers, cores, asked) => {
    expect(speedUpAskedFor(workers, cores)).toBeCloseTo(asked);
  });
});
