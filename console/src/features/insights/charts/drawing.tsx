/** Bars, drawn by Mantine's charts. Loaded lazily: it is as large as the rest of the console. */
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { written } from '../../../ui/words';

export interface Series {
  readonly name: string;
  readonly label: string;
  /** `green` is the theme's `--chart-green`: they stand out in light and in dark. */
  readonly color: string;
}

export interface DrawingProps {
  readonly data: readonly Readonly<Record<string, string | number | null>>[];
  /** The name in `data` of what the bars are of. */
  readonly of: string;
  readonly series: readonly Series[];
  readonly stacked?: boolean;
  /** Bars lie, one below the other: for names, which need room. */
  readonly lying?: boolean;
  readonly valueInWords?: (value: number) => string;
  /** Where the axis of values has its lines, where the library’s own would be no round numbers. */
  readonly ticks?: readonly number[];
}

const HEIGHT_PX = 240;
const ROW_PX = 44;
const AXIS_PX = 130;
const NAME_PX = 130;

export function Drawing({ data, of, series, stacked, lying, valueInWords = written, ticks }: DrawingProps) {
  return (
    <BarChart
      h={lying === true ? data.length * ROW_PX + AXIS_PX : HEIGHT_PX}
      data={data.map((row) => ({ ...row }))}
      dataKey={of}
      series={series.map((each) => ({ ...each, color: `var(--chart-${each.color})` }))}
      type={stacked === true ? 'stacked' : 'default'}
      orientation={lying === true ? 'vertical' : 'horizontal'}
      withLegend
      valueFormatter={valueInWords}
      maxBarWidth={28}
      tickLine="none"
      gridAxis={lying === true ? 'y' : 'x'}
      {...(ticks && { yAxisProps: { ticks: [...ticks], domain: [0, ticks.at(-1) ?? 'auto'] } })}
      {...(lying === true && { yAxisProps: { width: NAME_PX }, xAxisProps: { allowDecimals: false } })}
      // What is heard is the summary and the table; nothing in the picture takes the focus.
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false, stroke: 'var(--mantine-color-body)', strokeWidth: 1 }}
    />
  );
}
