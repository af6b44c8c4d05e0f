/**
 * What a frontend asks of a metasrv when somebody runs a statement (sheet 06 §20): the requests of
 * DDL with the table info that the frontend makes up. The frontend's side of that form, written
 * independently of the server's.
 */
@NullMarked
package io.metasrv.nodes.frontend;

import org.jspecify.annotations.NullMarked;
