/**
 * What somebody works a page with: the mouse, or the keyboard alone. A story that is told with hands is played by each, so that
 * whatever can be clicked is also reached by Tab and arrows, and used by Enter, Space and typing.
 */
import type { Pressed, Story } from './story.ts';

export interface Hand {
  /** Presses what has exactly this name; the first, where the same is offered twice. */
  readonly press: (name: string, kind?: Pressed) => Promise<void>;
  /** Presses a button of the dialog that opens. */
  readonly answer: (name: string) => Promise<void>;
  /** Goes to another tab of the page. */
  readonly turnTo: (tab: string) => Promise<void>;
  /** Writes into the field with this label, in the place of what is there. */
  readonly fill: (label: string, text: string) => Promise<void>;
  /** The same with what was copied last. */
  readonly paste: (label: string) => Promise<void>;
}

const inDialog = ({ page }: Story, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

export const byMouse = (story: Story): Hand => ({
  press: (name, kind) => story.pressable(name, kind).first().click(),
  answer: (name) => inDialog(story, name).click(),
  turnTo: (tab) => story.press(tab, 'tab'),
  fill: (label, text) => story.fill(label, text),
  paste: async (label) => {
    await story.field(label).click();
    await story.keys('Control+a', 'Control+v');
  },
});

/** Along the tabs from the one that is shown, which is the only one that Tab reaches (ARIA APG, tabs). */
async function arrowTo(story: Story, tab: string): Promise<void> {
  const tabs = story.page.getByRole('tab');
  await story.tabToOne(tabs);
  const names = await tabs.allInnerTexts();
  const steps = names.indexOf(tab) - names.indexOf(await story.focused());
  const key = steps < 0 ? 'ArrowLeft' : 'ArrowRight';
  await story.keys(...Array<string>(Math.abs(steps)).fill(key));
}

export const byKeyboard = (story: Story): Hand => {
  const reach = async (label: string): Promise<void> => {
    await story.tabToOne(story.field(label));
    await story.keys('Control+a');
  };
  return {
    press: async (name, kind) => {
      await story.tabToOne(story.pressable(name, kind));
      await story.keys(kind === 'checkbox' ? 'Space' : 'Enter');
    },
    answer: async (name) => {
      await story.tabToOne(inDialog(story, name));
      await story.keys('Enter');
    },
    turnTo: (tab) => arrowTo(story, tab),
    fill: async (label, text) => {
      await reach(label);
      await story.page.keyboard.type(text);
    },
    paste: async (label) => {
      await reach(label);
      await story.keys('Control+v');
    },
  };
};
