/** `renew-certificate`: a new server certificate by the school's authority, or one that is given. */
import { X509Certificate } from 'node:crypto';
import { readKeys } from '../certificate/folder.ts';
import { readGiven, renewCertificate } from '../certificate/make.ts';
import { CommandFault, folderOf, readOptions, say, settingsIn, type Command } from './command.ts';

export const renewCommand: Command = async (args) => {
  const options = { certificate: { type: 'string' }, key: { type: 'string' } } as const;
  const { values } = readOptions(args, options, 0);
  const { certificate, key } = values;
  if ((certificate === undefined) !== (key === undefined)) {
    throw new CommandFault('--certificate FILE and --key FILE go together.');
  }
  const folder = folderOf(values.data);
  const { domain } = settingsIn(folder).listen;
  const now = new Date();
  const given =
    certificate === undefined || key === undefined
      ? null
      : readGiven(certificate, key, domain, now);
  await renewCertificate(folder, domain, now, given);
  const until = new X509Certificate(readKeys(folder).server.certificate).validToDate;
  say(
    `The certificate for ${domain} is good until ${until.toISOString().slice(0, 10)}.`,
    'Restart the server to use it. Computers need nothing new.',
  );
};
