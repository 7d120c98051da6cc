/** How the console looks: one accent, quiet greys, enough contrast (WCAG AA) in light and dark. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eaf6f1',
  '#d2ebe0',
  '#a6d7c3',
  '#76c9a6',
  '#62d2aa',
  '#2c9c72',
  '#178460',
  '#0b6b4f',
  '#085a42',
  '#054834',
];

const dark: MantineColorsTuple = [
  '#e7ecea',
  '#c3cdc9',
  '#a2afaa',
  '#7f8d88',
  '#3d4a45',
  '#2d3834',
  '#222b28',
  '#1a211f',
  '#151a18',
  '#101413',
];

const red: MantineColorsTuple = [
  '#fdeceb',
  '#fbd5d2',
  '#f5aaa5',
  '#ff9d94',
  '#e5645b',
  '#d3473d',
  '#bd2d24',
  '#a8201a',
  '#8c1913',
  '#6f120d',
];

/** What those hear who cannot see the cross of a dialog. */
const closeButtonProps = { 'aria-label': 'Close' };

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, dark, red },
  // White on either has a contrast of 4.6 and more.
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Modal: {
      defaultProps: { centered: true, padding: 'lg', radius: 'lg', closeButtonProps },
      styles: {
        content: { overflowWrap: 'anywhere' },
        title: { minWidth: 0, fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)', lineHeight: 1.35 },
      },
    },
    Drawer: { defaultProps: { padding: 'lg', closeButtonProps } },
    // As small as the library would have them, they are hard to read.
    InputWrapper: {
      styles: {
        description: { fontSize: 'var(--mantine-font-size-xs)' },
        error: { fontSize: 'var(--mantine-font-size-xs)' },
      },
    },
    // The first entry takes the focus, and the menu stays in the part of the page that it belongs to.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
});

/** `--ground` is behind everything, `--line` between things, `--tint` under what is chosen, `--chart-…` of the charts; the rest is the library's own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--ground': '#f4f6f5',
    '--line': '#dfe5e2',
    '--tint': '#e6f2ed',
    '--bad-tint': '#fdeceb',
    '--warn-tint': '#fff4dc',
    '--good': '#0b6b4f',
    '--warn': '#8a5a00',
    '--bad': '#a8201a',
    '--chart-green': '#0b6b4f',
    '--chart-blue': '#2f6db3',
    '--chart-violet': '#7a4fa3',
    '--chart-red': '#bd2d24',
    '--chart-amber': '#9a6500',
    '--mantine-color-text': '#17211e',
    '--mantine-color-dimmed': '#53615c',
    '--mantine-color-placeholder': '#6a7772',
    '--mantine-color-error': '#a8201a',
    '--mantine-color-anchor': '#0b6b4f',
    '--mantine-color-default-border': '#cfd7d3',
  },
  dark: {
    '--ground': '#101413',
    '--line': '#2d3834',
    '--tint': '#16312a',
    '--bad-tint': '#3a1a18',
    '--warn-tint': '#33270f',
    '--good': '#62d2aa',
    '--warn': '#e8b44c',
    '--bad': '#ff9d94',
    '--chart-green': '#62d2aa',
    '--chart-blue': '#7fb2f0',
    '--chart-violet': '#c9a6f0',
    '--chart-red': '#ff9d94',
    '--chart-amber': '#e8b44c',
    '--mantine-color-body': '#171d1b',
    '--mantine-color-text': '#e7ecea',
    '--mantine-color-dimmed': '#a2afaa',
    '--mantine-color-placeholder': '#8b9994',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': '#62d2aa',
    '--mantine-color-default-border': '#3d4a45',
  },
});
