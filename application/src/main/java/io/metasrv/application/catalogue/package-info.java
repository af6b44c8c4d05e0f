/**
 * Databases and tables as operators see them: lists, and all that is stored of one table. Reads the
 * store through the managers of metadata and writes nothing; a value that cannot be read is shown
 * as a problem with its key.
 */
@NullMarked
package io.metasrv.application.catalogue;

import org.jspecify.annotations.NullMarked;
