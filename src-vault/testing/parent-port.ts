/** Preloaded before `main.ts` in plain Node: a `process.parentPort` over child_process's channel. */
const listeners: ((event: { data: unknown }) => void)[] = [];
process.on('message', (data) => {
  for (const listener of listeners) listener({ data });
});
process.on('disconnect', () => process.exit(0));
Object.assign(process, {
  parentPort: {
    on: (_event: 'message', listener: (event: { data: unknown }) => void) => {
      listeners.push(listener);
    },
    postMessage: (message: unknown) => process.send?.(message),
  },
});
