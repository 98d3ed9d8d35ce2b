import { expect } from 'chai';
import { dashboard, type Graph } from '../../../../templates/modules/monitoring/dashboard';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

const graph = (title: string, rest: Partial<Graph> = {}): Graph => ({ title, region: 'us-east-1', statistic: 'Sum', metrics: [{ namespace: 'Shop', name: 'Orders', dimensions: { Shop: 'corner' }, label: 'Orders' }], ...rest });

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The widgets of a dashboard of these graphs. */
function widgetsOf(graphs: readonly Graph[], note?: string): readonly Widget[] {
  const t = builderOf();
  dashboard(t, 'Dashboard', 'shop', graphs, note === undefined ? undefined : { markdown: note });
  const { 'Fn::Sub': text } = properties(t, 'Dashboard')['DashboardBody'] as { readonly 'Fn::Sub': readonly [string] };
  return (JSON.parse(text[0]) as { readonly widgets: readonly Widget[] }).widgets;
}

describe('The dashboard module', () => {
  it('lays graphs out in two columns, by the minute', () => {
    const widgets = widgetsOf([graph('a'), graph('b'), graph('c')]);
    expect(widgets.map(({ x, y }) => [x, y])).to.deep.equal([[0, 0], [12, 0], [0, 6]]);
    expect(widgets[0]?.properties).to.deep.equal({ title: 'a', region: 'us-east-1', stat: 'Sum', period: 60, view: 'timeSeries', metrics: [['Shop', 'Orders', 'Shop', 'corner', { label: 'Orders' }]] });
  });

  it('puts a note above them, across both columns', () => {
    const [note, first] = widgetsOf([graph('a')], 'Mind the gap');
    expect(note).to.deep.include({ type: 'text', x: 0, y: 0, width: 24, properties: { markdown: 'Mind the gap' } });
    expect(first).to.deep.include({ x: 0, y: 3 });
  });

  it('draws what is calculated, and levels, over longer periods', () => {
    const [widget] = widgetsOf([
      graph('a', {
        period: 3600,
        metrics: [{ namespace: 'Shop', name: 'Orders', dimensions: {}, label: 'Orders', id: 'orders', hidden: true }],
        expressions: [{ label: 'Twice', expression: 'orders*2' }],
        levels: [{ label: 'Much', value: 10 }],
      }),
    ]);
    expect(widget?.properties).to.deep.include({
      period: 3600,
      metrics: [['Shop', 'Orders', { label: 'Orders', id: 'orders', visible: false }], [{ label: 'Twice', expression: 'orders*2', id: 'e1' }]],
      annotations: { horizontal: [{ label: 'Much', value: 10 }] },
    });
  });
});
