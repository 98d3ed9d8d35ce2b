/**
 * Asked of each region by Route 53, through load balancer, service and database; the one path that the load balancer serves without
 * CloudFront's header. The service whose row says `answersForRegion` answers it.
 */
export const regionHealthPath = '/health/region';
