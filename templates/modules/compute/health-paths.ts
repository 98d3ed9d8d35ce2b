/** The paths on which a system's services say how they are. Part of the contract with whoever builds the images. */
export interface HealthPaths {
  /** Asked of each container by ECS, which replaces a task that does not answer 200: the process runs. */
  readonly live: string;
  /** Asked of each task by its load balancer, which sends no requests to one that does not answer 200: the task can serve. */
  readonly ready: string;
  /**
   * Asked of each region by Route 53, which takes a region out of DNS when it does not answer 2xx or 3xx. It goes through load
   * balancer, service and database. Behind CloudFront it is the only path that the load balancer serves without CloudFront's header.
   */
  readonly deep: string;
}
