import { withBearer } from '@/app/api/v1/with-bearer';
import { AppError } from '@/lib/domain/errors';

// Without this, a wrong path would answer with the dashboard's page instead of a problem.
const refuse = withBearer(() => Promise.reject(new AppError('NOT_FOUND', 'There is no such call.')));

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
