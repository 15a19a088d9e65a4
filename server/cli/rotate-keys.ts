/** `rotate-keys`: a new key to seal entries to. What was sealed to an earlier one can still be opened. */
import { publicHalf, readSealingKeys } from '../certificate/folder.ts';
import { rotateSealingKey } from '../certificate/make.ts';
import { sealingKeyId } from '../seal/seal.ts';
import { folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

export const rotateKeysCommand: Command = async (args) => {
  const { values } = readOptions(args, {}, 0);
  const folder = folderOf(values.data);
  settingsIn(folder);
  rotateSealingKey(folder);
  const keys = readSealingKeys(folder);
  say(
    `New entries are sealed to the key ${sealingKeyId(publicHalf(keys[0]))} as soon as a computer has spoken to`,
    'the server. A server that runs takes the new key by itself. Nothing else has to be done.',
    '',
    `The ${keys.length === 2 ? 'earlier key stays' : `${keys.length - 1} earlier keys stay`} in the folder and in its backups: entries and drafts that were`,
    'sealed before can only be opened with them. Back up the folder now.',
  );
};
