// SPDX-License-Identifier: Apache-2.0
// All parts are one script, which has its mode from its first statement.
"use strict";
