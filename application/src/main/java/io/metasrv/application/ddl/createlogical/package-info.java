/**
 * CREATE TABLE of logical tables, many at once on one physical table of the metric engine (sheet 06
 * §8).
 */
@NullMarked
package io.metasrv.application.ddl.createlogical;

import org.jspecify.annotations.NullMarked;
