/** Service ProcedureService: DDL, migrations and reconciliations, on the leader only. */
@NullMarked
package io.metasrv.application.procedure;

import org.jspecify.annotations.NullMarked;
