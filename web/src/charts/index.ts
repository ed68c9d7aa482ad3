// Charts. Import them lazily: uPlot is loaded with them.

export { Bars, type BarRow } from "./Bars";
export { CalendarHeatmap, type DayCellProps } from "./CalendarHeatmap";
export { EquityChart } from "./EquityChart";
export { Excursions } from "./Excursions";
export { Fan } from "./Fan";
export { Histogram } from "./Histogram";
export { PriceChart, type PriceBar, type PriceFill, type PriceLevel } from "./PriceChart";
export { Sparkline } from "./Sparkline";
