import type { IcpCriteria } from './criteria.js';
import type { IcpVersion } from './icp.entity.js';
import type { WrittenIcp } from './icp.queries.js';

/** Criteria beside the name, as they are written in `POST /clients/:id/icps`; a list that asks nothing is left out. */
export interface IcpOutput extends IcpCriteria {
  id: string;
  clientId: string;
  name: string;
  version: number;
  /** What a prospect judged now stores as `icpVersionId`. */
  versionId: string;
  createdAt: Date;
  archivedAt: Date | null;
}

export interface IcpVersionOutput extends IcpCriteria {
  versionId: string;
  version: number;
  createdAt: Date;
}

export function icpOutput({ icp, version }: WrittenIcp): IcpOutput {
  const { id, clientId, name, createdAt, archivedAt } = icp;
  return {
    id,
    clientId,
    name,
    version: icp.version,
    versionId: version.id,
    ...version.criteria,
    createdAt,
    archivedAt,
  };
}

export function icpVersionOutput({ id, version, criteria, createdAt }: IcpVersion): IcpVersionOutput {
  return { versionId: id, version, ...criteria, createdAt };
}
