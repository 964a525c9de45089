import sequencer from '@jest/test-sequencer';

// Its types describe the CommonJS module, and Node loads the other one.
const Sequencer = sequencer as unknown as typeof sequencer.default;
type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

const order = ['e2e', 'contract', 'unit'];

/**
 * Files of whole runs first, because they take minutes and mostly wait; files of functions last, because they take a second each
 * and so fill what the long ones leave. Within a project it is Jest's own order.
 */
// biome-ignore lint/style/noDefaultExport: Jest takes the default.
export default class LongFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const place = ({ context }: Tests[number]) => order.indexOf(context.config.displayName?.name ?? '');
    return [...(await super.sort(tests))].sort((one, other) => place(one) - place(other));
  }
}
