/** The types that columns of the report have, as Athena calls them. */
type ColumnType = 'string' | 'double' | 'timestamp' | 'map<string,string>';

/**
 * The columns of the Cost and Usage Report 2.0 that are exported, by AWS's names: what a bill is asked for by account, service, resource
 * and tag, with the net of reservations and savings plans. A query must name its columns; the table has the same, in the same order.
 * `line_item_resource_id` is there because the export includes resources.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html
 */
export const costReportColumns: Readonly<Record<string, ColumnType>> = {
  bill_bill_type: 'string',
  bill_billing_period_end_date: 'timestamp',
  bill_billing_period_start_date: 'timestamp',
  bill_invoice_id: 'string',
  bill_payer_account_id: 'string',
  cost_category: 'map<string,string>',
  identity_line_item_id: 'string',
  identity_time_interval: 'string',
  line_item_availability_zone: 'string',
  line_item_currency_code: 'string',
  line_item_line_item_description: 'string',
  line_item_line_item_type: 'string',
  line_item_operation: 'string',
  line_item_product_code: 'string',
  line_item_resource_id: 'string',
  line_item_unblended_cost: 'double',
  line_item_usage_account_id: 'string',
  line_item_usage_amount: 'double',
  line_item_usage_end_date: 'timestamp',
  line_item_usage_start_date: 'timestamp',
  line_item_usage_type: 'string',
  pricing_public_on_demand_cost: 'double',
  pricing_term: 'string',
  pricing_unit: 'string',
  product: 'map<string,string>',
  product_instance_type: 'string',
  product_product_family: 'string',
  product_region_code: 'string',
  product_servicecode: 'string',
  reservation_effective_cost: 'double',
  resource_tags: 'map<string,string>',
  savings_plan_savings_plan_effective_cost: 'double',
};
