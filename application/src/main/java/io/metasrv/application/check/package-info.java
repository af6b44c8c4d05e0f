/**
 * Looks whether what the metadata store holds fits together: every reference between keys leads
 * somewhere, and back. Reads only.
 */
@NullMarked
package io.metasrv.application.check;

import org.jspecify.annotations.NullMarked;
