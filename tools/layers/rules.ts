/**
 * Who may import whom, as dependency-cruiser reads it: the table of CONTRIBUTING.md in rules.
 * A new room or a new exception is added here, with its reason, and nowhere else.
 */
import type { IForbiddenRuleType } from 'dependency-cruiser';

const TESTS = '\\.test\\.tsx?$';
const ROOMS = ['src-main', 'src-preload', 'src-renderer', 'src-vault', 'server'] as const;

function rule(name: string, comment: string, from: object, to: object): IForbiddenRuleType {
  return { name, comment, severity: 'error', from, to };
}

export const LAYERS: IForbiddenRuleType[] = [
  rule(
    'shared-imports-no-room',
    'src-shared is spoken by every room and knows none of them.',
    { path: '^src-shared/', pathNot: TESTS },
    { path: '^(src-main|src-preload|src-renderer|src-vault|server|test|tools)/' },
  ),
  rule(
    'shared-is-pure',
    'src-shared has no I/O: no Node, no Electron, no network.',
    { path: '^src-shared/', pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  ...ROOMS.map((room) =>
    rule(
      `${room}-imports-no-other-room`,
      'Rooms meet in src-shared alone.',
      { path: `^${room}/`, pathNot: TESTS },
      { path: '^(src-(?!shared/)|server/|test/|tools/)', pathNot: `^${room}/` },
    ),
  ),
  rule(
    'page-knows-no-node',
    'The page is a sandboxed renderer: Node is not there.',
    { path: '^src-renderer/', pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'electron-in-main-and-preload-alone',
    'Only src-main and src-preload import electron.',
    { path: '^(src-shared|src-renderer|src-vault|server|tools)/' },
    { path: '(^electron$|node_modules/electron/)' },
  ),
  rule(
    'network-in-link-alone',
    'Of the client only src-main/link speaks to the network.',
    { path: '^src-', pathNot: ['^src-main/link/', TESTS] },
    {
      path: '(^(https?|net|tls|http2|dgram|dns|undici)$|^node:(https?|net|tls|http2|dgram|dns)$|node_modules/axios/)',
    },
  ),
  rule(
    'sql-in-rows-and-db-alone',
    'Of the server only rows.ts and db/ know SQL.',
    { path: '^server/', pathNot: ['^server/db/', '/[a-z-]*rows\\.ts$', TESTS, '^server/testing/'] },
    {
      path: 'node_modules/(kysely|better-sqlite3|@types/better-sqlite3)/',
      dependencyTypesNot: ['type-only'],
    },
  ),
  rule(
    'http-in-routes-and-http-alone',
    'Of the server only routes.ts and http/ know HTTP.',
    {
      path: '^server/',
      pathNot: [
        '^server/http/',
        '/[a-z-]*routes\\.ts$',
        '^server/(main|start)\\.ts$',
        TESTS,
        '^server/testing/',
      ],
    },
    { path: 'node_modules/(fastify|@fastify/[a-z-]+|better-sse)/' },
  ),
  rule(
    'rules-are-pure',
    'rules.ts is called with what it needs: no database, no HTTP, no file, no clock of its own.',
    { path: '^server/.*rules\\.ts$' },
    {
      path: '(^node:|rows\\.ts$|routes\\.ts$|^server/(db|http|mail|cli)/|node_modules/(kysely|better-sqlite3|fastify|nodemailer)/)',
      // The refusal that a rule throws is a value with a code, not HTTP.
      pathNot: '^server/http/route\\.ts$',
    },
  ),
  rule(
    'rules-use-no-platform',
    'rules.ts is called with what it needs: no platform module.',
    { path: '^server/.*rules\\.ts$' },
    { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
  ),
  rule(
    'no-production-code-imports-tests',
    'What ships does not import tests or test equipment.',
    { path: '^(src-|server/)', pathNot: [TESTS, '^(server|src-vault)/testing/'] },
    { path: ['^test/', TESTS, '^(server|src-vault)/testing/', '^tools/'] },
  ),
  rule('no-cycles', 'A cycle means that two files are about one thing.', {}, { circular: true }),
  rule(
    'nothing-unresolved',
    'An import that leads nowhere hides from every rule.',
    {},
    {
      couldNotResolve: true,
    },
  ),
];
