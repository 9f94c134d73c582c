#pragma once

#include <string_view>

// One function for each parser that canvass has of its own, over bytes that anybody may have
// written. Each returns where the bytes are refused with canvass::Error as well as where they are
// taken; any other exception, a crash, endless work or memory without bound is a fault of the parser.
namespace canvass::fuzz {

void adapter_config(std::string_view bytes);
void chat_template(std::string_view bytes);
void codebook(std::string_view bytes);
void condition(std::string_view bytes);
void csv_records(std::string_view bytes);
void decoder_config(std::string_view bytes);
void dtef(std::string_view bytes);
void gguf(std::string_view bytes);
void hub(std::string_view bytes);
void label(std::string_view bytes);
void mapping(std::string_view bytes);
void margins(std::string_view bytes);
void predictions(std::string_view bytes);
void safetensors(std::string_view bytes);
void simllm(std::string_view bytes);
void survey(std::string_view bytes);
void table(std::string_view bytes);
void tokenizer(std::string_view bytes);
void topics(std::string_view bytes);

}  // namespace canvass::fuzz
