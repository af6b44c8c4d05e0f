/** Tests of the doubles against the real port with scripted services behind it. */
@NullMarked
package io.metasrv.doubles;

import org.jspecify.annotations.NullMarked;
