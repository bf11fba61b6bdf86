// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace zonerank::rasters {

/// Whether a name is a PostgreSQL database: "PG:dbname=... host=...", "postgresql://...".
bool names_database(std::string_view name);

/// The name with "***" in the place of each password: after `password=` and its kin, and
/// between the colon and the @ of an address. Nothing else of it changes. The process keeps what
/// was there for with_password(), and nobody else sees it: what is read is shown, hashed and
/// written without passwords from the start. From any thread.
std::string without_password(std::string_view name);

/// The name that without_password() made this of, the latest; the text itself when it made none.
std::string with_password(const std::string& name);

/// A text of GDAL's or the server's in one line, without the passwords that without_password() has seen.
std::string without_secrets(std::string text);

/// What libpq connects by, as key='value' words, with the password. A password that nobody knows
/// ("***" of a manifest) is left to PGPASSWORD and the password file. Where the name says
/// nothing, five seconds to connect, and a dead server is noticed after half a minute. Throws
/// Error for what is no connection of libpq's, naming no part of it that may be secret.
std::string connection_words(const std::string& name);

/// As messages call it: "database 'zones'", after its name or its service; "the database" without.
std::string database_label(const std::string& name);

} // namespace zonerank::rasters
