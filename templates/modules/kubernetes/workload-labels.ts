/** A program that runs in a namespace, under whose name all of its objects stand. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
}

/** The labels by which a workload's pods are selected. A deployment's can't be changed: it is replaced then. */
export const selectorOf = ({ name }: Workload): Record<string, string> => ({ 'app.kubernetes.io/name': name });

/** Name, namespace and labels of an object that belongs to a workload. */
export const metadataOf = (workload: Workload): { name: string; namespace: string; labels: Record<string, string> } => ({ name: workload.name, namespace: workload.namespace, labels: selectorOf(workload) });
