#pragma once

namespace canvass {

// What a model's folder has in addition to its weights.
inline constexpr const char* companionFiles[] = {"config.json",
                                                 "generation_config.json",
                                                 "tokenizer.json",
                                                 "tokenizer.model",
                                                 "spm.model",
                                                 "tokenizer_config.json",
                                                 "special_tokens_map.json",
                                                 "added_tokens.json",
                                                 "chat_template.jinja",
                                                 "vocab.json",
                                                 "merges.txt",
                                                 "vocab.txt"};

}  // namespace canvass
