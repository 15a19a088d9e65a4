/** Passwords that the demo sets: made anew for each school, of the kind that the program advises. */
import { randomInt } from 'node:crypto';
import { EventHub } from '../../server/event/hub.ts';
import { readKeys, readSealingKeys } from '../../server/certificate/folder.ts';
import type { Db } from '../../server/db/open.ts';
import { makeHouse } from '../../server/house.ts';
import { makeLog } from '../../server/log.ts';
import { makeHasher, REAL_COST, type HashCost } from '../../server/password/hasher.ts';
import { judgeAndHash, keepNewPassword } from '../../server/password/reset.ts';
import { makeStrength } from '../../server/password/strength.ts';
import { staffByEmail } from '../../server/session/rows.ts';
import type { Settings } from '../../server/settings.ts';

const WORDS =
  'acorn amber anchor anvil apron badger barley basket beacon bellows birch blanket bonnet bracken bramble bridle brook bucket burrow candle canvas cedar chalk cherry cinder clover cobble copper coral cottage crayon cricket crumpet curlew daisy damson dapple donkey dormouse drizzle ember falcon feather fennel fiddle flagon flannel flint furrow gable gander garnet ginger gosling granite gravel hammer hamper hazel heather hedge heron hollow honey hornet indigo ivory jasper juniper kernel kestrel kettle ladder lantern larder lavender lemon linen lobster lupin magnet mallet maple marble meadow mitten mortar mulberry mussel nettle nutmeg oatmeal orchard otter paddle parsnip pebble pepper pewter pigeon pillow pippin plover pocket poppy puddle pumpkin quarry quilt rafter raisin ribbon rocket rudder saddle saffron sandal satchel scarlet shingle shovel skylark spindle sparrow starling stirrup sycamore tangle teapot thimble thistle timber toffee trellis trowel tulip turnip velvet violet walnut weasel whistle willow winter wobble yarrow'.split(
    ' ',
  );

/** Three random words and two figures: "kestrel-teapot-bracken-47". */
export function threeWords(): string {
  const words = [0, 1, 2].map(() => WORDS[randomInt(WORDS.length)] ?? '');
  return [...words, String(randomInt(10, 100))].join('-');
}

/**
 * Sets the password of each e-mail address in a school that does not run, judged and kept as the
 * server itself does it.
 */
export async function setPasswords(
  school: { readonly folder: string; readonly settings: Settings; readonly db: Db },
  passwords: Readonly<Record<string, string>>,
  cost: HashCost = REAL_COST,
): Promise<void> {
  const house = makeHouse({
    db: school.db,
    settings: school.settings,
    now: () => new Date(),
    hub: new EventHub(),
    signingKey: readKeys(school.folder).signingKey,
    readSealingKeys: () => readSealingKeys(school.folder),
    mailWaits: () => undefined,
    log: makeLog(),
  });
  const tools = { hasher: await makeHasher(cost), strength: makeStrength() };
  const schoolId = school.settings.school.id;
  for (const [email, password] of Object.entries(passwords)) {
    const found = await staffByEmail(school.db, schoolId, email);
    if (found === undefined) throw new Error(`nobody here has the address ${email}`);
    const hash = await judgeAndHash(house, tools, { name: found.name, email }, password);
    const person = { staffId: found.id, schoolId, email };
    const at = house.now().toISOString();
    await school.db
      .transaction()
      .execute((trx) =>
        keepNewPassword(trx, person, hash, at, { sessionId: null, computerId: null }),
      );
  }
}
