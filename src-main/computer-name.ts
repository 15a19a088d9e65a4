/** The name of this computer as the school's lists show it. */
import { oneLine } from '../src-shared/contract/values.ts';

/** The host's name where it fits the contract (one line, at most 100 characters), else "computer". */
export function computerName(hostname: string): string {
  const parsed = oneLine(100).safeParse(hostname.slice(0, 100));
  return parsed.success ? parsed.data : 'computer';
}
