// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/run_server.hpp"

#include "engine/outputs/earlier_run.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace zonerank::engine {

namespace fs = std::filesystem;

std::set<std::string> served_files(const fs::path& run) {
    const std::optional<WrittenFiles> written = files_of_run(run);
    if (!written)
        throw Error("{}: is no run of zonerank's (no manifest.json of its own)", run.string());
    std::set<std::string> files{"manifest.json"};
    for (const auto& [name, hash] : *written)
        files.insert(name);
    return files;
}

fs::path served_path(const fs::path& run, const std::set<std::string>& files, const std::string& name) {
    std::error_code failed;
    const fs::path wanted = fs::canonical(run, failed) / name;
    const fs::path found = fs::canonical(wanted, failed);
    const bool good = !failed && files.contains(name) && found == wanted && fs::is_regular_file(found, failed);
    return good ? found : fs::path();
}

std::string_view media_type(std::string_view name) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".json", "application/json"},
        {".geojson", "application/geo+json"},
        {".csv", "text/csv; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".tif", "image/tiff"},
        {".png", "image/png"},
        {".gpkg", "application/geopackage+sqlite3"},
        {".qml", "application/xml"},
        {".xml", "application/xml"},
    };
    const auto* row = std::ranges::find_if(types, [&](const auto& type) { return name.ends_with(type.first); });
    return row == std::end(types) ? "application/octet-stream" : row->second;
}

bool is_own_host(std::string_view host, int port) {
    return host == fmt::format("127.0.0.1:{}", port) || host == fmt::format("localhost:{}", port);
}

namespace {

/// The page holds its scripts and styles, its pictures are data, and it asks for nothing.
const httplib::Headers headers{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-cache"},
};

void refuse(httplib::Response& response, int status, const char* why) {
    response.status = status;
    response.set_content(why, "text/plain; charset=utf-8");
}

/// In pieces, so that a map of any size takes little memory.
void send(const fs::path& path, httplib::Response& response) {
    const auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
    if (!*file)
        return refuse(response, 404, "not here\n");
    response.set_content_provider(
        fs::file_size(path), std::string(media_type(path.string())),
        [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            std::array<char, 1 << 16> piece{};
            file->clear();
            file->seekg(static_cast<std::streamoff>(offset));
            file->read(piece.data(), static_cast<std::streamsize>(std::min(length, piece.size())));
            return file->gcount() > 0 && sink.write(piece.data(), static_cast<std::size_t>(file->gcount()));
        });
}

void route(httplib::Server& server, const fs::path& run, const std::set<std::string>& files, const int& port) {
    using Handled = httplib::Server::HandlerResponse;
    server.set_pre_routing_handler([&port](const httplib::Request& request, httplib::Response& response) {
        if (!is_own_host(request.get_header_value("Host"), port)) {
            refuse(response, 403, "this server answers to its own address only\n");
            return Handled::Handled;
        }
        if (request.method == "GET" || request.method == "HEAD")
            return Handled::Unhandled;
        response.set_header("Allow", "GET, HEAD");
        refuse(response, 405, "GET and HEAD only\n");
        return Handled::Handled;
    });
    server.Get("/(.*)", [&run, &files](const httplib::Request& request, httplib::Response& response) {
        const std::string name = request.matches[1];
        const fs::path path = served_path(run, files, name.empty() ? "report.html" : name);
        if (path.empty())
            return refuse(response, 404, "not here\n");
        send(path, response);
    });
}

} // namespace

void serve_run(const fs::path& run, int port, const std::atomic<bool>& stop, const std::function<void(int)>& ready) {
    const std::set<std::string> files = served_files(run);
    httplib::Server server;
    server.set_default_headers(headers);
    server.set_payload_max_length(0);
    server.set_socket_options([](socket_t socket) { // the library's own would let two share a port
        const int yes = 1;
        static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes)); // bind() tells the rest
    });
    route(server, run, files, port);
    const int wanted = port;
    port = wanted == 0 ? server.bind_to_any_port("127.0.0.1") : server.bind_to_port("127.0.0.1", wanted) ? wanted : -1;
    if (port < 0)
        throw Error("port {} of 127.0.0.1 can't be had; without a number --serve takes a free one", wanted);
    ready(port);
    const std::jthread watch([&](const std::stop_token& ended) {
        while (!ended.stop_requested() && !(stop && server.is_running())) // before it listens, it hears no stop()
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        server.stop();
    });
    server.listen_after_bind();
}

} // namespace zonerank::engine
