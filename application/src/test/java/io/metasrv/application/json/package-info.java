/** Tests of the text of JSON against what serde_json writes and reads. */
@NullMarked
package io.metasrv.application.json;

import org.jspecify.annotations.NullMarked;
