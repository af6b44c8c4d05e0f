/** Tests of the package of the same name. */
@NullMarked
package io.metasrv.application.election;

import org.jspecify.annotations.NullMarked;
