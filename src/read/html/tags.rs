//! Names of elements and attributes, and what they do to the flow of text.

macro_rules! names {
    ($(#[$doc:meta])* $name:ident: $($variant:ident $text:literal)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { Other, $($variant),* }

        impl $name {
            /// By its name in small letters, as the tokenizer gives it.
            pub(crate) fn of(name: &[u8]) -> Self {
                match name { $($text => $name::$variant,)* _ => $name::Other }
            }
        }
    };
}

names! {
    /// The elements that matter here.
    Tag:
    A b"a" Abbr b"abbr" Address b"address" Article b"article" Aside b"aside" Audio b"audio" B b"b" Base b"base"
    Big b"big" Blockquote b"blockquote" Body b"body" Br b"br" Button b"button" Canvas b"canvas" Caption b"caption"
    Center b"center" Cite b"cite" Code b"code" Col b"col" Datalist b"datalist" Dd b"dd" Details b"details"
    Dialog b"dialog" Div b"div" Dl b"dl" Dt b"dt" Em b"em" Embed b"embed" Fieldset b"fieldset"
    Figcaption b"figcaption" Figure b"figure" Font b"font" Footer b"footer" Form b"form" H1 b"h1" H2 b"h2" H3 b"h3"
    H4 b"h4" H5 b"h5" H6 b"h6" Head b"head" Header b"header" Hgroup b"hgroup" Hr b"hr" Html b"html" I b"i"
    Iframe b"iframe" Img b"img" Input b"input" Label b"label" Legend b"legend" Li b"li" Link b"link" Main b"main"
    Map b"map" Math b"math" Meta b"meta" Nav b"nav" Nobr b"nobr" Noscript b"noscript" Object b"object" Ol b"ol"
    Optgroup b"optgroup" Option b"option" P b"p" Param b"param" Picture b"picture" Pre b"pre" S b"s" Script b"script"
    Search b"search" Section b"section" Select b"select" Small b"small" Source b"source" Span b"span" Strike b"strike"
    Strong b"strong" Style b"style" Summary b"summary" Svg b"svg" Table b"table" Tbody b"tbody" Td b"td"
    Template b"template" Textarea b"textarea" Tfoot b"tfoot" Th b"th" Thead b"thead" Time b"time" Title b"title"
    Tr b"tr" Track b"track" Tt b"tt" U b"u" Ul b"ul" Video b"video" Wbr b"wbr"
}

names! {
    /// The attributes that are kept.
    Attribute:
    AriaHidden b"aria-hidden" Class b"class" Content b"content" Datetime b"datetime" Hidden b"hidden" Href b"href"
    HttpEquiv b"http-equiv" Id b"id" Itemprop b"itemprop" Itemscope b"itemscope" Itemtype b"itemtype" Lang b"lang"
    Name b"name" Property b"property" Rel b"rel" Role b"role" Style b"style" TestId b"data-testid" Title b"title"
    Type b"type"
}

impl Tag {
    /// Elements without content.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr
        )
    }

    /// Elements whose content stands on lines of its own.
    pub(crate) fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Button
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Nav
                | Ol
                | Optgroup
                | Option
                | P
                | Pre
                | Search
                | Section
                | Select
                | Summary
                | Table
                | Tbody
                | Td
                | Textarea
                | Tfoot
                | Th
                | Thead
                | Title
                | Tr
                | Ul
        )
    }

    /// Elements whose start ends an open paragraph (HTML standard, "in body").
    pub(crate) fn ends_paragraph(self) -> bool {
        use Tag::*;
        self.is_block()
            && !matches!(self, Button | Caption | Legend | Optgroup | Option | Select | Textarea | Title)
    }

    /// Elements out of which an end tag does not reach.
    pub(crate) fn is_barrier(self) -> bool {
        matches!(
            self,
            Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Html | Tag::Template | Tag::Button
        )
    }

    /// Elements of tables; their end tags reach out of cells.
    pub(crate) fn is_tabular(self) -> bool {
        use Tag::*;
        matches!(self, Table | Tbody | Td | Tfoot | Th | Thead | Tr | Caption)
    }

    /// Elements whose content is never shown as text of the page.
    pub(crate) fn is_silent(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Audio
                | Canvas
                | Datalist
                | Head
                | Iframe
                | Math
                | Noscript
                | Object
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Title
                | Video
        )
    }

    pub(crate) fn is_heading(self) -> bool {
        use Tag::*;
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }
}
